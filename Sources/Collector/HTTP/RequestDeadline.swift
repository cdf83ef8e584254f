import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request doesn't arrive whole within a time, or is far too large. An idle connection is one whose
/// next request doesn't arrive.
///
/// Bytes that come one by one keep an idle time-out from ever being reached; this one counts from the end of the request
/// before, and anew from a request's head.
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let seconds: Int
  private let bodyBytes: Int
  private var deadline: Scheduled<Void>?
  private var received = 0

  init(_ limits: CollectorLimits) {
    seconds = limits.requestSeconds
    // A body above the limit is answered; its sender gets some room to read that before the line is cut.
    bodyBytes = 4 * limits.bodyBytes
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { restart(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelActive(context: ChannelHandlerContext) {
    restart(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      received = 0
      restart(context)
    case .body(let bytes):
      received += bytes.readableBytes
      guard received <= bodyBytes else {
        context.close(promise: nil)
        return
      }
    case .end: restart(context)
    }
    context.fireChannelRead(data)
  }

  private func restart(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) { channel.close(promise: nil) }
  }
}
