namespace WsAot.Generators.Model;

/// <summary>How the text of a route value or query value becomes a value.</summary>
internal enum ValueKind
{
    Text,

    /// <summary>Parsed from UTF-8.</summary>
    Utf8,

    /// <summary>Parsed from UTF-16, because the type cannot read UTF-8.</summary>
    Utf16,

    /// <summary>Parsed as a point in time in UTC.</summary>
    DateTime,

    /// <summary>Parsed as a point in time with its offset.</summary>
    DateTimeOffset,

    /// <summary>The name or number of a member of an enum.</summary>
    Enum,
}
