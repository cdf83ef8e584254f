import Foundation
import Support
import Testing

@testable import Exhibition

@Suite struct ReferenceShelfTests {
  let place: Workplace
  let shelf = ReferenceShelf(cache: FactsCache())

  init() throws { place = try Workplace() }

  private func fill(_ folder: String, _ names: [String]) throws -> String {
    for name in names { try place.file("\(folder)/\(name)", name) }
    return place.path + "/" + folder
  }

  @Test func picturesAreThoseByName() throws {
    let folder = try fill("cats", ["b.png", "a.JPG", "notes.txt", ".hidden.png"])
    #expect(try shelf.pictures(in: folder, count: 9).paths == [folder + "/a.JPG", folder + "/b.png"])
  }

  @Test func ofManyTheSampleIsAlwaysTheSame() throws {
    let folder = try fill("cats", (0..<40).map { "\($0).png" })
    let chosen = try shelf.pictures(in: folder, count: 5)
    let again = try ReferenceShelf(cache: FactsCache()).pictures(in: folder, count: 5)
    #expect(chosen.paths.count == 5 && again.paths == chosen.paths && again.hash == chosen.hash)
  }

  /// A folder of classes in the place of a class's folder is an easy slip.
  @Test func withoutPicturesAFolderInsideIsNamed() throws {
    _ = try fill("all/zebra", ["a.png"])
    let cats = try fill("all/cat", ["a.png"])
    let all = place.path + "/all"
    let error = #expect(throws: FileError.self) { try shelf.pictures(in: all, count: 9) }
    #expect(error?.description.contains("such as \(cats)") == true)
    let empty = try fill("empty", ["notes.txt"])
    let plain = #expect(throws: FileError.self) { try shelf.pictures(in: empty, count: 9) }
    #expect(plain?.description.contains("there is no picture in it") == true)
    #expect(plain?.description.contains("folders") == false)
  }
}
