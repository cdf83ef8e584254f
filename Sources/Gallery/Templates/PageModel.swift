/// What a template may show: a plain struct of texts, numbers, flags, lists, ``HTML`` and further models.
///
/// `Decodable` only so that ``Shape`` can learn the keys of a type without an instance: a tag is checked even
/// where no page has a value for it.
protocol PageModel: Decodable, Sendable {}
