namespace WsAot.Generators.Model;

internal enum SegmentKind
{
    Literal,
    Parameter,
    CatchAll,
}
