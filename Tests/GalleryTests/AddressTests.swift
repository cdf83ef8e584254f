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

  @Test("A page that a server shows anywhere links by whole paths")
  func wholePaths() {
    let page = Address("404.html", at: "https://example.org/seen/404.html")
    #expect(page.root == "/seen/")
    #expect(page.link(to: "classes/cat/index.html") == "/seen/classes/cat/index.html")
    #expect(page.resolve("/seen/classes/cat/index.html#content") == "classes/cat/index.html")
    #expect(page.resolve("#content") == "404.html")
    #expect(page.resolve("/elsewhere/index.html") == nil)
    #expect(page == Address("404.html"))
    #expect(Address("404.html", at: "https://example.org/404.html").root == "/")
    // An address that isn't the page's says nothing of the root.
    #expect(Address("404.html", at: "https://example.org/seen/").root == "")
  }
}
