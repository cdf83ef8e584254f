import Foundation
import Testing

/// A file and a part of the message that it must get.
struct HostileCase: Sendable, CustomTestStringConvertible {
  var name: String
  var file: Data
  var message: String

  init(_ name: String, _ file: Data, _ message: String) {
    self.name = name
    self.file = file
    self.message = message
  }

  var testDescription: String { name }
}
