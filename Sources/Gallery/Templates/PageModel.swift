import Foundation
import Mustache

/// What a template may show: a plain struct of texts, numbers, flags, lists, ``HTML`` and further models.
///
/// `Decodable` only so that ``Shape`` can learn the keys of a type without an instance: a tag is checked even
/// where no page has a value for it.
protocol PageModel: Decodable, Sendable, MustacheParent {}

extension PageModel {
  /// The value under a name. A missing optional is `NSNull`, which stops the search: otherwise Mustache would
  /// go on and take the value of the same name from the model around this one.
  func child(named name: String) -> Any? {
    for child in Mirror(reflecting: self).children where child.label == name {
      let value = Mirror(reflecting: child.value)
      guard value.displayStyle == .optional else { return child.value }
      return value.children.first?.value ?? NSNull()
    }
    return nil
  }
}
