namespace WsAot.Generators.Model;

/// <summary>The kinds of JSON values, as precisely as the C# type tells.</summary>
internal enum ShapeKind
{
    /// <summary>Any JSON: <c>object</c>, <c>JsonElement</c>, or the output of a user's converter.</summary>
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

    /// <summary>
    /// A number, or a string for a value that JSON numbers cannot express: <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.
    /// </summary>
    NamedFloat,
    Text,

    /// <summary>A string of one UTF-16 code unit.</summary>
    Character,
    Guid,
    DateTime,
    Date,
    Time,
    Duration,
    Uri,

    /// <summary>Bytes as base64.</summary>
    Base64,

    /// <summary>An object with any members.</summary>
    AnyObject,
    Array,

    /// <summary>An object whose members all have values of one shape.</summary>
    Dictionary,

    /// <summary>A named type, described by a <see cref="TypeShape"/>.</summary>
    Named,
}
