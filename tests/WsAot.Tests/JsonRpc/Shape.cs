using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

/// <summary>Which one it is, the JSON must say.</summary>
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape
{
    public sealed record Square(int Side) : Shape;
}
