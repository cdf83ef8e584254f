/// A class or a whole channel of a network: what an address says where no other unit serves.
public struct ChannelUnit: Sendable, Codable, Equatable {
  /// The layer as the user wrote it; the logits' node for a class.
  public let layer: String
  /// Channel of a map, or place in a vector or token.
  public let channel: Int
  /// The class, if the address names one.
  public let classIndex: Int?
}
