namespace WsAot.Generators.Parsing.Shapes;

/// <summary>How numbers are written; the values are those of <c>JsonNumberHandling</c>, as far as they change what is written.</summary>
[Flags]
internal enum NumberHandling
{
    Numbers = 0,
    WriteAsString = 2,
    AllowNamedFloatingPointLiterals = 4,
}
