using System.Globalization;
using WsAot.Generators.Model;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Describing;

/// <summary>Writes a named type. It has no blank line in it, so that the files of several assemblies can be merged type by type.</summary>
internal sealed class CSharpTypeEmitter
{
    private readonly SourceWriter _writer;
    private readonly Description _description;
    private readonly CSharpTypes _types;

    // In C#, a type has one base class: the first polymorphic type that names it.
    private readonly Dictionary<string, TypeShape> _bases = new(StringComparer.Ordinal);

    public CSharpTypeEmitter(SourceWriter writer, Description description, CSharpTypes types)
    {
        _writer = writer;
        _description = description;
        _types = types;
        foreach (TypeShape type in description.Types.Where(static type => type.Object is not null))
        {
            foreach (string derived in type.Object!.Derived.Select(static derived => derived.Shape.TypeId).OfType<string>())
            {
                if (derived != type.Id && !_bases.ContainsKey(derived) && !IsBaseOf(derived, type)) _bases.Add(derived, type);
            }
        }
    }

    public void Emit(TypeShape type)
    {
        string name = Identifier(_description.NameOf(type));
        _writer.Line().Summary(type.Summary);
        if (type.Enum is { } members) Enum(name, members);
        else Object(name, type, type.Object!);
    }

    private bool IsBaseOf(string id, TypeShape type) =>
        _bases.TryGetValue(type.Id, out TypeShape? up) && (up.Id == id || IsBaseOf(id, up));

    private void Enum(string name, EnumShape shape)
    {
        if (shape.IsText) _writer.Line($"[JsonConverter(typeof(JsonStringEnumConverter<{name}>))]");
        if (shape.IsFlags) _writer.Line("[Flags]");
        _writer.Block($"public enum {name}{Underlying(shape)}", () =>
        {
            foreach (EnumMemberShape member in shape.Members)
            {
                _writer.Summary(member.Summary);
                if (shape.IsText && member.Text != member.Name) _writer.Line($"[JsonStringEnumMemberName({StringLiteral(member.Text)})]");
                _writer.Line(Identifier(member.Name) + (member.Number.Length > 0 ? $" = {member.Number}," : ","));
            }
        });
    }

    private static string Underlying(EnumShape shape)
    {
        bool isInt = shape.Members.All(static member => member.Number.Length == 0
            || int.TryParse(member.Number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        bool isLong = isInt || shape.Members.All(static member => member.Number.Length == 0
            || long.TryParse(member.Number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        return isInt ? "" : isLong ? " : long" : " : ulong";
    }

    private void Object(string name, TypeShape type, ObjectShape shape)
    {
        if (shape.Derived.Count > 0) Derived(type, shape);
        bool isBase = _bases.Values.Any(other => other.Id == type.Id);
        string modifier = shape.Derived.Count > 0 && shape.IsAbstract ? "abstract " : isBase ? "" : "sealed ";
        string above = _bases.TryGetValue(type.Id, out TypeShape? up) ? " : " + Identifier(_description.NameOf(up)) : "";
        var inherited = new HashSet<string>(StringComparer.Ordinal);
        for (TypeShape? current = up; current is not null; _bases.TryGetValue(current.Id, out current))
        {
            inherited.UnionWith(_description.MembersOf(current).Select(static member => member.Property.Name));
        }

        Member[] members = [.. _description.MembersOf(type).Where(member => !inherited.Contains(member.Property.Name))];
        _writer.Block($"public {modifier}record {name}{above}", () => Members(name, members, shape));
    }

    private void Members(string name, IEnumerable<Member> members, ObjectShape shape)
    {
        var names = new NameScope(StringComparer.Ordinal, [.. CSharpNames.ReservedMembers, name.TrimStart('@')]);
        foreach (Member member in members)
        {
            PropertyShape property = member.Property;
            string type = member.IsOptional ? _types.OrNull(property.Shape) : "required " + _types.Text(property.Shape);
            string condition = member.IsOptional ? ", JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)" : "";
            string identifier = Identifier(names.Take(CSharpNames.Member(property.Name)));
            _writer.Summary(property.Summary)
                .Line($"[JsonPropertyName({StringLiteral(property.Name)}){condition}]")
                .Line($"public {type} {identifier} {{ get; init; }}");
        }

        if (!shape.HasOthers) return;
        _writer.Summary("All other members.").Line("[JsonExtensionData]")
            .Line($"public Dictionary<string, JsonElement>? {names.Take("Others")} {{ get; set; }}");
    }

    private void Derived(TypeShape type, ObjectShape shape)
    {
        _writer.Line($"[JsonPolymorphic(TypeDiscriminatorPropertyName = {StringLiteral(shape.Discriminator)})]");
        foreach (DerivedShape derived in shape.Derived)
        {
            bool isOurs = derived.Shape.TypeId == type.Id
                || (derived.Shape.TypeId is { } id && _bases.TryGetValue(id, out TypeShape? up) && up.Id == type.Id);
            if (!isOurs) continue;
            string discriminator = derived.Discriminator is { } value ? ", " + value : "";
            _writer.Line($"[JsonDerivedType(typeof({Identifier(_description.NameOf(derived.Shape.TypeId!))}){discriminator})]");
        }
    }
}
