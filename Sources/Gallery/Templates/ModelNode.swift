import Foundation
import Mustache

/// A page model as Mustache reads it: its values by name, looked up without reflection, which is done once a model.
final class ModelNode: MustacheParent {
  private let values: [String: Any]

  init(_ model: any PageModel) {
    var values: [String: Any] = [:]
    for child in Mirror(reflecting: model).children {
      if let label = child.label { values[label] = Self.node(child.value) }
    }
    self.values = values
  }

  /// The value under a name. A missing optional is `NSNull`, which stops the search: otherwise Mustache would
  /// go on and take the value of the same name from the model around this one.
  func child(named name: String) -> Any? { values[name] }

  private static func node(_ value: Any) -> Any {
    switch value {
    case let text as String: return Text(text)
    case let flag as Bool: return flag
    case let number as Int: return Text(String(number))
    case let html as HTML: return html
    case let model as any PageModel: return ModelNode(model)
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection: return mirror.children.map { node($0.value) }
    case .optional: return mirror.children.first.map { node($0.value) } ?? NSNull()
    default: return Text(String(describing: value))
    }
  }

  /// A text or a number. It has no values of its own.
  final class Text: MustacheCustomRenderable, MustacheParent {
    let renderText: String
    var isNull: Bool { false }

    init(_ text: String) { renderText = text }

    func child(named name: String) -> Any? { nil }
  }
}
