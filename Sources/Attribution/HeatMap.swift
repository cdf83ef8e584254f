public import Imaging
import Models

/// Attributions as pictures.
public enum HeatMap {
  /// A map of signed relevance: red speaks for the target, blue against it, white says nothing.
  ///
  /// Channels are summed. The 99.5 % quantile of the magnitudes is full colour, so that a single pixel doesn't make the
  /// rest pale.
  public static func image(_ attribution: AttributionMap, width: Int, height: Int) -> Image {
    let area = width * height
    precondition(attribution.relevance.count % area == 0, "relevance is C×H×W numbers")
    var map = [Float](repeating: 0, count: area)
    for (index, value) in attribution.relevance.enumerated() { map[index % area] += value }
    let sorted = map.map { abs($0) }.sorted()
    return painted(map, width, height, full: sorted[min(area - 1, Int(0.995 * Double(area)))])
  }

  /// The same over the picture in pale gray, to see what lies where. `picture` has numbers from 0 to 1.
  public static func overlay(_ attribution: AttributionMap, on picture: Image) -> Image {
    over(picture, image(attribution, width: picture.width, height: picture.height))
  }

  /// How much of something is where in a picture, in red over the picture in pale gray: `amounts` of the picture's size,
  /// `full` the amount of full colour.
  public static func overlay(_ amounts: Image, full: Float, on picture: Image) -> Image {
    precondition(amounts.area == picture.area && amounts.channels == 1, "amounts are of the picture's size")
    return over(picture, painted(amounts.pixels, picture.width, picture.height, full: full))
  }

  private static func painted(_ map: [Float], _ width: Int, _ height: Int, full: Float) -> Image {
    var result = Image(width: width, height: height, channels: 3, filledWith: 1)
    guard full > 0 else { return result }
    for (index, value) in map.enumerated() {
      let colour = colour(max(-1, min(1, value / full)))
      for channel in 0..<3 { result.pixels[channel * map.count + index] = colour[channel] }
    }
    return result
  }

  private static func over(_ picture: Image, _ colours: Image) -> Image {
    var result = colours
    let gray = picture.converted(to: 1)
    for index in result.pixels.indices {
      // Where relevance says nothing the picture shows; where it is strong, its colour.
      result.pixels[index] *= 0.45 + 0.55 * gray.pixels[index % picture.area]
    }
    return result
  }

  /// From blue through white to red, of equal lightness at both ends.
  private static func colour(_ value: Float) -> [Float] {
    let end: [Float] = value < 0 ? [0.13, 0.31, 0.72] : [0.76, 0.13, 0.16]
    return end.map { 1 + abs(value) * ($0 - 1) }
  }
}
