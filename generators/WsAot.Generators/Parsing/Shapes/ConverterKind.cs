namespace WsAot.Generators.Parsing.Shapes;

/// <summary>What kind of JSON a <c>[JsonConverter]</c> produces.</summary>
internal enum ConverterKind
{
    EnumAsText,
    EnumAsNumber,

    /// <summary>A string, with values that cannot be known.</summary>
    EnumAsOtherText,

    /// <summary>A custom converter, whose output cannot be known.</summary>
    Other,
}
