namespace WsAot.Generators.Model;

/// <summary>What a value looks like in JSON, as far as the C# type says.</summary>
internal enum ShapeKind
{
    /// <summary>Any JSON: <c>object</c>, <c>JsonElement</c>, or whatever a converter of the user's makes.</summary>
    Unknown,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,

    /// <summary>A whole number of more than 64 bits.</summary>
    Integer,
    Float,
    Decimal,

    /// <summary>A number in a string (<c>JsonNumberHandling.WriteAsString</c>).</summary>
    NumberText,

    /// <summary>A number, or the name of one that JSON has no number for: <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</summary>
    NamedFloat,
    Text,

    /// <summary>A string of one UTF-16 unit.</summary>
    Character,
    Guid,
    DateTime,
    Date,
    Time,
    Duration,
    Uri,

    /// <summary>Bytes as base64.</summary>
    Base64,

    /// <summary>An object of any members.</summary>
    AnyObject,
    Array,

    /// <summary>An object whose members all have values of one shape.</summary>
    Dictionary,

    /// <summary>A type with a name, described elsewhere.</summary>
    Named,
}
