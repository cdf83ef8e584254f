/// Settings of the random parts that Fourier visualization and MACO show to the network, as Horama does.
extension Setting {
  /// How parts are drawn: as VITAL says of the methods that it compares with (its supplement, A.1), or as in Horama's
  /// code.
  static func randomParts(isVITALBaseline: Bool) -> [Setting] {
    [
      Setting("crops", .number(6), .whole(1...256), "Parts of the picture shown in each step."),
      Setting(
        "crop_minimum", .number(0.25), .range(0.01...1),
        "Least side of a part, as a share of the picture's; the mean side is midway to crop_maximum."),
      Setting(
        "crop_maximum", .number(isVITALBaseline ? 0.25 : 0.3), .range(0.01...1), "Greatest side of a part."),
      Setting(
        "crop_deviation", .number(isVITALBaseline ? 0.1 : 0), .range(0...1),
        "Standard deviation of a normally distributed side; 0 draws uniformly between least and greatest."),
      Setting("centre_deviation", .number(0.15), .range(0...1), "Standard deviation of a part's centre."),
      Setting(
        "noise_normal", .number(isVITALBaseline ? 0 : 0.05), .range(0...10),
        "Standard deviation of added normal noise, in units of the normalized picture."),
      Setting(
        "noise_uniform", .number(isVITALBaseline ? 0.1 : 0.025), .range(0...10),
        "Half width of added uniform noise."),
    ]
  }
}

extension Settings {
  /// Throws ``VisualizationError`` if the least part is larger than the greatest.
  func checkRandomParts(method: String) throws(VisualizationError) {
    let (low, high) = (number("crop_minimum"), number("crop_maximum"))
    guard low <= high else {
      throw .invalidSetting(
        method: method, name: "crop_minimum", value: low.description,
        expected: "at most crop_maximum (\(high))")
    }
  }

  /// The transforms that these settings ask for, up to pictures of the network's input size.
  func randomParts(inputSize: Int) -> [any Transform] {
    let (low, high) = (number("crop_minimum"), number("crop_maximum"))
    let deviation = number("crop_deviation")
    let side: HoramaCrop.Side =
      deviation > 0 ? .normal(mean: (low + high) / 2, deviation: deviation) : .uniform(low...high)
    return [
      HoramaCrop(
        size: inputSize, side: side, centreDeviation: number("centre_deviation"), copies: count("crops")),
      Noise(deviation: float("noise_normal"), width: float("noise_uniform")),
    ]
  }
}
