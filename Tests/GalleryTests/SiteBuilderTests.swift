import Foundation
import Testing

@testable import Gallery

@Suite("A built site")
struct SiteBuilderTests {
  @Test("A second build changes nothing, and two builds of the same store are alike byte for byte")
  func repeatedBuild() throws {
    let fixture = try Fixture()
    let first = try fixture.builder().build()
    #expect(first.written > 50)
    #expect(first.unchanged == 0)
    let index = fixture.output + "/index.html"
    let time = try FileManager.default.attributesOfItem(atPath: index)[.modificationDate] as? Date
    let second = try fixture.builder().build()
    #expect(second.written == 0)
    #expect(second.unchanged == first.written)
    #expect(try FileManager.default.attributesOfItem(atPath: index)[.modificationDate] as? Date == time)
    let other = fixture.folder + "/other"
    try SiteBuilder(collection: fixture.collection, templates: [Fixture.templates], output: other).build()
    #expect(try snapshot(other) == snapshot(fixture.output))
  }

  @Test("Gaps say why, on the grid, on their own page, and in the records")
  func gaps() throws {
    let fixture = try Fixture()
    let summary = try fixture.builder().build()
    #expect(summary.gaps == 4)
    let reason = "The optimization left the range of numbers at step 31"
    #expect(try fixture.page("classes/white-shark/index.html").contains(reason))
    #expect(try fixture.page("classes/white-shark/resnet-fourier-1/index.html").contains(reason))
    #expect(try fixture.page("records.json").contains(reason))
    #expect(try fixture.page("circuits/fins/index.html").contains("The references of this class are missing"))
    #expect(try fixture.page("classes/tennis-ball/index.html").contains("The folder has no pictures"))
    #expect(try fixture.page("index.html").contains("4 of the pictures asked for are missing"))
  }

  @Test("Only what changed is written, what went is removed, and files of others stay")
  func change() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: fixture.output + "/README.md"))
    fixture.collection.pages[1] = try AuthoredPage(
      file: "pages/about.md", contents: "---\ntitle: About\norder: 2\n---\nOther words.\n")
    #expect(try fixture.builder().build().written == 1)
    fixture.collection.attacks.removeLast()
    #expect(try fixture.builder().build().removed == 1)
    #expect(!FileManager.default.fileExists(atPath: fixture.output + "/adversarial/mushroom-ball/index.html"))
    #expect(try fixture.page("README.md") == "mine")
  }

  @Test(
    "A user's template replaces the built-in one; a wrong tag in it stops the build and keeps the old site")
  func ownTemplates() throws {
    let fixture = try Fixture(seeds: [1])
    let own = fixture.folder + "/own"
    try FileManager.default.createDirectory(atPath: own + "/pages", withIntermediateDirectories: true)
    let file = own + "/pages/text.md"
    let builder = SiteBuilder(
      collection: fixture.collection, templates: [Fixture.templates, own], output: fixture.output)
    try Data("# Mine: {{title}}\n\n{{{body}}}\n".utf8).write(to: URL(fileURLWithPath: file))
    try builder.build()
    #expect(try fixture.page("pages/about/index.html").contains("<h1>Mine: About</h1>"))
    try Data("# {{title}}\n\n{{bdy}}\n".utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: GalleryError(file: file, line: 3, message: "unknown tag \"bdy\"; did you mean \"body\"?"))
    {
      try builder.build()
    }
    #expect(try fixture.page("pages/about/index.html").contains("Mine"))
  }

  @Test("Attacks on one picture are compared, each has a page, and a table counts them over classes")
  func attacks() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let comparison = try fixture.page("adversarial/zebra-strawberry/index.html")
    for part in [
      "FGSM", "PGD, L∞", "pgd-linf/index.html", "The loss is not a number at step 3.", "L∞ of 255",
      "Change amplified 8 times",
    ] {
      #expect(comparison.contains(part), "\(part)")
    }
    let single = try fixture.page("adversarial/zebra-strawberry/pgd-linf/index.html")
    #expect(single.contains("The attack succeeds: the network now says white shark"))
    #expect(single.contains("<em>whole</em> bound"))
    let failed = try fixture.page("adversarial/zebra-strawberry/fgsm/index.html")
    #expect(failed.contains("the network still says zebra with 97 %, and strawberry reaches only 2.0 %"))
    let table = try fixture.page("adversarial/every-class/index.html")
    // One of three, and both of the two that are there.
    #expect(table.contains("<td>33 %<svg") && table.contains("<td>2 of 3</td><td>100 %<svg"))
    #expect(table.contains("takes in <a href=\"../../models/vit/index.html\">"))
    #expect(table.contains("missing: Not computed yet."))
    #expect(try fixture.page("records.json").contains("adversarial/every-class/index.html"))
  }

  @Test("A picture that isn't what its record says stops the build")
  func damagedPicture() throws {
    let fixture = try Fixture(seeds: [1])
    let picture = try #require(fixture.collection.classes[0].references.value?.first?.picture)
    try Data("x".utf8).write(to: URL(fileURLWithPath: picture.path))
    #expect(throws: GalleryError.self) { try fixture.builder().build() }
    #expect(!FileManager.default.fileExists(atPath: fixture.output))
  }

  private func snapshot(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
        files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    return files
  }
}
