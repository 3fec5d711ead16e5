using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>Parses a value of the query, like a route value; for generated code.</summary>
/// <param name="utf8">The decoded value.</param>
/// <param name="value">The result.</param>
/// <returns>False if the text is not a value of this type.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool WsValueParser<T>(ReadOnlySpan<byte> utf8, out T? value);
