namespace WsAot.Generators.Parsing.Shapes;

/// <summary>What a <c>[JsonConverter]</c> makes of a value.</summary>
internal enum ConverterKind
{
    EnumAsText,
    EnumAsNumber,

    /// <summary>A string, whose values cannot be known.</summary>
    EnumAsOtherText,

    /// <summary>Whatever its author wants.</summary>
    Other,
}
