import Testing

@testable import Gallery

@Suite("Addresses")
struct AddressTests {
  @Test("Links between pages lead from each to each")
  func links() {
    let places = [
      "index.html", "classes/index.html", "classes/cat/index.html", "classes/cat/a/index.html",
      "classes/category/index.html", "media/cat.png",
    ]
    for from in places {
      for to in places {
        let link = Address(from).link(to: to)
        #expect(Address(from).resolve(link) == to, "\(from) to \(to): \(link)")
        #expect(!link.contains("//") && !link.hasPrefix("/"))
      }
    }
    #expect(
      Address("classes/cat/index.html").link(to: "classes/category/index.html") == "../category/index.html")
    #expect(Address("classes/cat/index.html").link(to: "classes/cat/a/index.html") == "a/index.html")
  }
}
