namespace WsAot.Generators.Parsing.Shapes;

/// <summary>When a member is ignored; the values are those of <c>JsonIgnoreCondition</c>.</summary>
internal enum IgnoreCondition
{
    Never = 0,
    Always = 1,
    WhenWritingDefault = 2,
    WhenWritingNull = 3,

    // New in .NET 10.
    WhenWriting = 4,
    WhenReading = 5,
}
