namespace WsAot.Generators.Parsing;

/// <summary>What a <c>[JsonConverter]</c> makes of a value.</summary>
internal enum Converter
{
    EnumAsText,
    EnumAsNumber,

    /// <summary>A string, whose values cannot be known.</summary>
    EnumAsOtherText,

    /// <summary>Whatever its author wants.</summary>
    Other,
}
