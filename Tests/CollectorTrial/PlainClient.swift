import Foundation

/// An HTTP client of a few lines over a blocking socket: it sends just the bytes that it is told, wrong ones too.
final class PlainClient {
  struct Response: Equatable {
    var status: Int
    var headers: [String: String]
    var body: String
  }

  /// The connection was refused, cut or silent.
  struct Broken: Error {}

  private let descriptor: Int32
  private var received: [UInt8] = []

  /// Connects to a port of this machine. Throws ``Broken``.
  init(port: Int, seconds: Int = 10) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Broken() }
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // The descriptor is closed with the object, which is whole by now.
    guard connected == 0 else { throw Broken() }
  }

  deinit { close(descriptor) }

  /// Sends bytes as they are. Throws ``Broken``.
  func send(_ bytes: [UInt8]) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Broken() }
      offset += count
    }
  }

  /// Sends a text as it is. Throws ``Broken``.
  func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Posts a body. Throws ``Broken``.
  func post(_ path: String, _ body: [UInt8], headers: [String: String]) throws {
    var head = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    try send(Array((head + "\r\n").utf8) + body)
  }

  /// Posts a body and waits for the answer. Throws ``Broken``.
  func answer(_ path: String, _ body: [UInt8], headers: [String: String]) throws -> Response {
    try post(path, body, headers: headers)
    return try response()
  }

  /// Gets an address. Throws ``Broken``.
  func get(_ path: String, headers: [String: String] = [:]) throws -> Response {
    try send(
      "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n")
    return try response()
  }

  /// The next answer. Throws ``Broken``.
  func response() throws -> Response {
    var end: Int?
    while true {
      end = headEnd()
      if end != nil { break }
      try receive()
    }
    let head = String(decoding: received[..<(end ?? 0)], as: UTF8.self)
    received.removeFirst((end ?? 0) + 4)
    let lines = head.components(separatedBy: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Broken()
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = parts[0].lowercased()
      let value = parts[1].trimmingCharacters(in: .whitespaces)
      headers[name] = headers[name].map { $0 + "\n" + value } ?? value
    }
    let count = headers["content-length"].flatMap { Int($0) } ?? 0
    while received.count < count { try receive() }
    let body = String(decoding: received[..<count], as: UTF8.self)
    received.removeFirst(count)
    return Response(status: status, headers: headers, body: body)
  }

  /// Whether the other side has closed the connection, after at most the time that was set.
  func isClosed() -> Bool {
    while true {
      do { try receive() } catch { return errno != EAGAIN && errno != EWOULDBLOCK }
    }
  }

  private func headEnd() -> Int? {
    guard received.count >= 4 else { return nil }
    return (0...(received.count - 4)).first { received[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    errno = 0
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { throw Broken() }
    received += buffer[..<count]
  }
}
