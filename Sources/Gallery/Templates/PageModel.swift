/// What a template may show: a plain struct of texts, numbers, flags, lists, ``HTML`` and further models.
///
/// `Encodable` so that ``ModelValue`` can read a model without reflection, which would cost more than all other
/// rendering. `Decodable` only so that ``Shape`` can learn the keys of a type without an instance: a tag is checked
/// even where no page has a value for it.
protocol PageModel: Codable, Sendable {
  /// What each value is, by its name: a phrase for whoever writes a template. ``TemplateReference`` wants one of every
  /// value, and none of anything else.
  static var meanings: [String: String] { get }
}

/// A model that several templates show, or one of them in several places: the reference describes it once.
protocol SharedPageModel: PageModel {
  /// What the reference calls it: a noun in lower case, before which `a` can stand.
  static var partName: String { get }
  /// What it is for, in a sentence.
  static var partPurpose: String { get }
}
