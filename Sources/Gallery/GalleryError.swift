/// A fault in what the gallery is made from: where it is, what is wrong, and what helps.
public struct GalleryError: Error, Equatable, CustomStringConvertible {
  /// The file in which the fault is, as the user knows it.
  public let file: String
  /// The line, from 1; `nil` if the fault isn't at a line.
  public let line: Int?
  /// What is wrong and what helps.
  public let message: String

  /// An error at a place.
  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `templates/pages/class.md:12: unknown tag "titel"; did you mean "title"?`
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(message)"
  }
}
