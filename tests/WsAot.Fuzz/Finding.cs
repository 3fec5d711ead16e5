namespace WsAot.Fuzz;

/// <summary>An input that shows something wrong.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Number">The number of the input, or -1 for one from a file.</param>
/// <param name="Input">The input, minimised.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record Finding(string Target, long Number, byte[] Input, string Problem);
