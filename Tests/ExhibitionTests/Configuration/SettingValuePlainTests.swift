import Testing
import Visualization

@testable import Exhibition

/// What a command's `--set key=value` stands for.
@Suite struct SettingValuePlainTests {
  @Test(arguments: [
    ("1,1,100", SettingValue.numbers([1, 1, 100])), ("[1, 1, 0.1]", .numbers([1, 1, 0.1])),
    ("[2]", .numbers([2])),
    ("2", .number(2)), ("1e-3", .number(0.001)), ("yes", .flag(true)), ("six", .text("six")),
    ("layer1,layer2", .text("layer1,layer2")), ("[1, x]", .text("[1, x]")), ("[]", .text("[]")),
    ("", .text("")),
    ("1,,2", .text("1,,2")), ("inf", .text("inf")), ("nan,1", .text("nan,1")),
  ])
  func readsArguments(text: String, value: SettingValue) {
    #expect(SettingValue(argument: text) == value)
  }
}
