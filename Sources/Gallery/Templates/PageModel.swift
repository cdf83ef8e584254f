/// What a template may show: a plain struct of texts, numbers, flags, lists, ``HTML`` and further models.
///
/// `Encodable` so that ``ModelValue`` can read a model without reflection, which would cost more than all other
/// rendering. `Decodable` only so that ``Shape`` can learn the keys of a type without an instance: a tag is checked
/// even where no page has a value for it.
protocol PageModel: Codable, Sendable {}
