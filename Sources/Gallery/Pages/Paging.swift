/// A long list over several pages: the first is the list's own, the others lie below it as `page-2` and so on.
struct Paging {
  /// The address of the first page.
  let home: Address
  /// The part of the list that each page shows.
  let ranges: [Range<Int>]

  /// How many cards or pictures a page shows at most: some hundred kilobytes of markup.
  static let usual = 200

  /// Pages of equal length but the last.
  init(_ count: Int, home: Address, size: Int = Paging.usual) {
    let starts = Array(stride(from: 0, to: max(1, count), by: size))
    self.init(ranges: starts.map { $0..<min(count, $0 + size) }, home: home)
  }

  init(ranges: [Range<Int>], home: Address) {
    self.ranges = ranges
    self.home = home
  }

  /// The address of a page, by its index.
  func address(_ index: Int) -> Address {
    index == 0 ? home : Address(home.path.dropLast("index.html".count) + "page-\(index + 1)/index.html")
  }

  /// A title of a page, by its index.
  func title(_ index: Int, of title: String) -> String { index == 0 ? title : "\(title), page \(index + 1)" }

  /// The link to the page after one, of the ``links(on:name:)`` there.
  func next(after index: Int, in links: [LinkModel]) -> LinkModel? {
    index + 1 < links.count ? links[index + 1] : nil
  }

  /// Links to all pages, named after the first and the last thing on each; none if there is only one page.
  func links(on index: Int, name: (Int) -> String) -> [LinkModel] {
    guard ranges.count > 1 else { return [] }
    return ranges.enumerated().map { other, range in
      let names = [name(range.lowerBound), name(range.upperBound - 1)]
      return LinkModel(
        url: address(index).link(to: address(other)),
        text: names[0] == names[1] ? names[0] : names.joined(separator: " – "), isCurrent: other == index)
    }
  }
}
