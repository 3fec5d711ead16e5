namespace WsAot.Generators.Model;

/// <summary>What a value looks like in JSON.</summary>
/// <param name="IsNullable">Whether null is allowed.</param>
/// <param name="Element">The shape of the elements of an array or dictionary; otherwise null.</param>
/// <param name="TypeId">The id of its <see cref="TypeShape"/> if it is a named type; otherwise null.</param>
internal sealed record Shape(ShapeKind Kind, bool IsNullable = false, Shape? Element = null, string? TypeId = null)
{
    /// <summary>The named type of the value, or of the innermost element.</summary>
    public string? InnermostTypeId => Element is null ? TypeId : Element.InnermostTypeId;
}
