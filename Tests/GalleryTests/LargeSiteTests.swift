import Exhibition
import Foundation
import Support
import Testing

@testable import Gallery

@Suite("A thousand classes by six methods")
struct LargeSiteTests {
  /// The fixture's exhibition with many classes. Nothing is painted: pages are looked at, not published.
  private static func builder(classes: Int, methods: Int) throws -> (Fixture, SiteBuilder) {
    let fixture = try Fixture(seeds: [1])
    var collection = fixture.collection
    let model = try #require(collection.method("vital"))
    collection.methods = (0..<methods).map { number in
      MethodExhibit(
        name: "method-\(number)", title: "Method \(number)", summary: model.summary, citation: model.citation,
        bibtex: model.bibtex, link: nil, needsReferences: false)
    }
    let sample = try #require(collection.classes[0].works.first?.result.value)
    let picture = sample.visualization.picture
    collection.classes = (0..<classes).map { index in
      let label = "class number \(index)"
      let target = Record.Target(
        kind: .classLogit, classIndex: index, label: label, address: "class:\(index)")
      let works = collection.methods.map { method -> Work in
        var record = sample.record
        // Another picture each, by its digest.
        record.identity = Digest.sha256("\(label) \(method.name)")
        record.files[picture]?.sha256 = record.identity
        return Work(
          model: "resnet", method: method.name, seed: 1, target: target,
          result: .here(.init(record: record, visualization: sample.visualization, folder: sample.folder)))
      }
      return ClassExhibit(label: label, references: .missing(reason: "None."), works: works)
    }
    // These are by other methods.
    (collection.studies, collection.ablations, collection.units) = ([], [], [])
    (collection.circuits, collection.concepts, collection.facets) = ([], [], [])
    (collection.interpolations, collection.attacks, collection.attackTables) = ([], [], [])
    return (
      fixture, SiteBuilder(collection: collection, templates: [Fixture.templates], output: fixture.output)
    )
  }

  @Test(
    "No page's markup comes near its budget, every link leads somewhere, every class and picture is listed")
  func pages() throws {
    let (fixture, builder) = try Self.builder(classes: 1000, methods: 6)
    defer { withExtendedLifetime(fixture) {} }
    let (site, library, pages) = try builder.draft()
    #expect(pages.count > 7000)
    let surveys = try Parallel.map(pages.count) { index in
      (pages[index].address, PageSurvey(try Layout.document(pages[index], in: site, templates: library)))
    }
    for (address, survey) in surveys where survey.size > 500_000 {
      Issue.record("\(address.path) has \(survey.size) bytes")
    }
    let index = try SiteIndex.files(of: site, pages: pages)
    let files = Set(
      pages.map(\.address.path) + site.media.items.keys.map(\.path)
        + library.assets.keys.map { "assets/" + $0 }
        + index.keys)
    #expect(SiteCheck(pages: surveys, files: files).faults().isEmpty)
    func targets(_ start: String) -> Set<String> {
      let links = surveys.filter { $0.0.path.hasPrefix(start) }.flatMap { address, survey in
        survey.references.compactMap { $0.element == "a" ? address.resolve($0.value) : nil }
      }
      return Set(links)
    }
    let classes = (0..<1000).map { "classes/class-number-\($0)/index.html" }
    #expect(targets("search/").isSuperset(of: classes))
    #expect(targets("classes/page-").union(targets("classes/index")).isSuperset(of: classes))
    let works = classes.map { $0.replacing("index.html", with: "resnet-method-3-1/index.html") }
    #expect(targets("methods/method-3/").isSuperset(of: works))
    #expect(targets("compare/").isSuperset(of: works))
  }

  @Test("A class's link to the compare page leads to the page that offers its pictures")
  func compare() throws {
    let (fixture, builder) = try Self.builder(classes: 100, methods: 6)
    defer { withExtendedLifetime(fixture) {} }
    let (site, _, _) = try builder.draft()
    let last = try #require(site.collection.classes.last)
    let page = site.address(of: last)
    let names = last.works.compactMap { $0.made.map(site.media.name) }
    #expect(
      ClassPage.compareURL(last.works, on: page, in: site)
        == "../../compare/page-2/index.html#" + names.prefix(4).joined(separator: ","))
    let first = site.collection.classes[0]
    #expect(ClassPage.compareURL(first.works, on: page, in: site).hasPrefix("../../compare/index.html#"))
  }

  @Test("A list is cut into pages that lead to one another")
  func paging() {
    let paging = Paging(5, home: .folder("classes"), size: 2)
    #expect(paging.ranges == [0..<2, 2..<4, 4..<5])
    #expect(paging.address(2).path == "classes/page-3/index.html")
    let links = paging.links(on: 1) { "abcde".map(String.init)[$0] }
    #expect(links.map(\.text) == ["a – b", "c – d", "e"])
    #expect(links.map(\.url) == ["../index.html", "index.html", "../page-3/index.html"])
    #expect(links.map(\.isCurrent) == [false, true, false])
    #expect(paging.next(after: 1, in: links)?.text == "e")
    #expect(paging.next(after: 2, in: links) == nil)
    #expect(Paging(0, home: .folder("classes")).ranges == [0..<0])
    #expect(Paging(200, home: .folder("classes")).links(on: 0) { "\($0)" }.isEmpty)
  }
}
