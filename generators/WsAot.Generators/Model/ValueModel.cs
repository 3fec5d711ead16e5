namespace WsAot.Generators.Model;

/// <summary>A type that a route value or query value can have.</summary>
/// <param name="Type">The fully qualified name.</param>
/// <param name="TypeInMessage">The short name.</param>
/// <param name="Enum">The enum, if it is one.</param>
internal sealed record ValueModel(ValueKind Kind, string Type, string TypeInMessage, bool IsReference, EnumModel? Enum = null)
{
    public bool IsParsed => Kind != ValueKind.Text;
}
