import Exhibition
import Testing

@testable import Gallery

@Suite("Pages of units, rows and facets")
struct TargetPageTests {
  @Test("A sum has a page of its own, named by what it is")
  func sum() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let unit = try #require(fixture.collection.units.last)
    let site = SiteContext(collection: fixture.collection, media: Media())
    let address = site.address(of: unit)
    #expect(address.path.hasPrefix("units/resnet/class-0-0-5-class-1-"))
    let page = try fixture.page(address.path)
    #expect(page.contains("<h1>zebra − 0.5 × white shark</h1>"))
    #expect(page.contains("A sum of units in") && page.contains("<code>class:0 - 0.5*class:1</code>"))
    #expect(try fixture.page("units/index.html").contains("zebra − 0.5 × white shark"))
    // Another sign is another page.
    let other = UnitExhibit(
      model: "resnet", target: .init(kind: .unit, address: "class:0 + 0.5*class:1"), patches: unit.patches,
      works: [])
    #expect(site.address(of: other) != address)
  }

  @Test("A neuron shows what excites it least, how its activations are distributed, and its classes")
  func response() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let page = try fixture.page("units/resnet/layer4-1/12/index.html")
    #expect(page.contains("Natural picture that excites layer4.1, channel 12 least, number 9"))
    #expect(page.contains("1,200 pictures, each with its best patch: mean 0.700, standard deviation 0.310."))
    #expect(page.contains("2 pictures couldn't be read."))
    #expect(
      page.contains(
        "from −0.250 to 1.000: most often between 0.375 and 0.500 (350 pictures), in the mean 0.700\""))
    // Nine bars: an empty range has none.
    #expect(page.components(separatedBy: "<rect class=\"column\"").count == 10)
    #expect(page.contains("<th scope=\"row\">−0.250</th><td>−0.125</td><td>3</td>"))
    #expect(page.contains("classes/zebra/index.html\"><bdi>zebra</bdi></a></th><td>1.25"))
    #expect(page.contains("<th scope=\"row\"><bdi>not shown</bdi></th><td>0.500"))
    // Older records have none of it.
    let sum = try #require(fixture.collection.units.last)
    let site = SiteContext(collection: fixture.collection, media: Media())
    let other = try fixture.page(site.address(of: sum).path)
    #expect(!other.contains("excites it least") && !other.contains("How pictures excite it"))
  }

  @Test("A row shows every picture with its shares, its activations as a table and a drawing")
  func row() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let page = try fixture.page("interpolations/row/index.html")
    for share in ["100 %", "75 %", "50 %", "25 %", "0 %"] { #expect(page.contains(share)) }
    #expect(page.contains("Synthetic picture of 75 % zebra and 25 % white shark in Residual network, seed 1"))
    #expect(page.contains("<th scope=\"row\">5</th><td>0</td><td>6.50</td>"))
    #expect(page.contains("<svg class=\"chart\"") && page.contains("first picture"))
    #expect(page.contains("This row is missing.") && page.contains("Not computed yet."))
    #expect(try fixture.page("classes/zebra/index.html").contains("Interpolation: From one to the other"))
    #expect(try fixture.page("records.json").contains("interpolations/row/index.html"))
  }

  @Test("Facets stand beside the pictures that they were made from, with what the networks say")
  func facets() throws {
    let fixture = try Fixture()
    try fixture.builder().build()
    let page = try fixture.page("facets/sorts/index.html")
    #expect(page.contains("30 pictures, 60 % of all.") && page.contains("explain 41 % of"))
    #expect(page.contains("Natural picture of facet 2, number 8"))
    #expect(page.contains("0-resnet-vital-1/index.html") && page.contains("1-resnet-vital-2/index.html"))
    #expect(page.contains("data-seeds"))
    let work = try fixture.page("facets/sorts/1-resnet-vital-2/index.html")
    #expect(work.contains("zebra, facet 2"))
    #expect(try fixture.page("classes/zebra/index.html").contains("Facets: Two sorts"))
    let neuron = try fixture.page("facets/mixed/index.html")
    #expect(neuron.contains("60 patches, 60 % of all.") && neuron.contains("explain 50 % of the variance"))
    #expect(neuron.contains("0.36 for 2 groups; 0.24 for 3 groups;"))
    #expect(neuron.contains("../../units/resnet/layer4-1/12/index.html"))
    #expect(neuron.contains("1-resnet-vital-1/index.html") && !neuron.contains("A class stands for"))
  }
}
