using System.Text;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes the class that reads the route values of one enum: a switch over the names and numbers of its members, because
/// <c>Enum.TryParse</c> accepts numbers that are not members, and needs reflection.
/// </summary>
internal sealed class EnumEmitter(EnumModel model, string className)
{
    public const string TryParse = "TryParse";
    public const string Parse = "Parse";

    private const string TryParseOne = "TryParseOne";
    private const string NextFlag = $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.NextFlag}";

    public string ClassName { get; } = className;

    /// <summary>Whether the class compares text.</summary>
    public bool HasMembers => model.Members.Count > 0;

    public void Emit(SourceWriter writer) =>
        writer.Line(model.IsFlags
                ? $"// {model.Type}: members by name in any case or by number, separated by commas; or the sum of several numbers."
                : $"// {model.Type}: a member by name in any case, or by number.")
            .Line(ObsoleteSuppression.Inner)
            .Block($"private static class {ClassName}", () =>
            {
                if (model.IsFlags) Flags(writer);
                writer.Block(Signature(model.IsFlags ? TryParseOne : TryParse), () => Member(writer)).Line();
                writer.Block($"public static {model.Type} {Parse}({GlobalName.ReadOnlySpanOfByte} text)", () => writer
                    .Line($"{TryParse}(text, out {model.Type} value);")
                    .Line("return value;"));
            });

    private string Signature(string method) => $"public static bool {method}({GlobalName.ReadOnlySpanOfByte} text, out {model.Type} value)";

    private void Flags(SourceWriter writer) =>
        writer.Block(Signature(TryParse), () => writer
            .Line("value = default;")
            .Line("bool more;")
            .Block("do", () => writer
                .Line($"{GlobalName.ReadOnlySpanOfByte} name = {NextFlag}(ref text, out more);")
                .Line($"if (!{TryParseOne}(name, out {model.Type} flag))")
                .Indented(() => writer.Line("return false;"))
                .Line()
                .Line("value |= flag;"))
            .Line("while (more);")
            .Line("return true;"))
        .Line();

    private void Member(SourceWriter writer)
    {
        if (HasMembers) Literals(writer);
        if (!model.IsFlags)
        {
            writer.Line("value = default;").Line("return false;");
            return;
        }

        writer.Line(
                $"bool isSum = {GlobalName.WsBinding}.{RoutingTypes.WsBinding.TryParseFlags}(text, {model.AllBits}, out ulong bits);")
            .Line($"value = unchecked(({model.Type})bits);")
            .Line("return isSum;");
    }

    private void Literals(SourceWriter writer)
    {
        var members = new Dictionary<string, EnumMember>(StringComparer.Ordinal);
        foreach (EnumMember member in model.Members)
        {
            string lower = ToLower(member.Name);
            // Of names that differ only by case, the one that is written like the value wins, and then the first.
            if (!members.TryGetValue(lower, out EnumMember? first)) members.Add(lower, member);
            else if (first.Number != member.Number) Branch(writer, "text", member.Name, member);
        }

        foreach (EnumMember member in model.Members)
        {
            if (!members.ContainsKey(member.Number)) members.Add(member.Number, member);
        }

        int longest = members.Keys.Max(static literal => Encoding.UTF8.GetByteCount(literal));
        writer.Line(
            $"{GlobalName.ReadOnlySpanOfByte} name = {GlobalName.WsBinding}.{RoutingTypes.WsBinding.ToLower}"
                + $"(text, stackalloc byte[{CSharpText.Number(longest)}]);");
        new LiteralSwitch(writer, "name", literal => Branch(writer, "name", literal, members[literal])).Emit(members.Keys);
        writer.Line();
    }

    private void Branch(SourceWriter writer, string span, string literal, EnumMember member) =>
        writer.Block($"if ({LiteralSwitch.IsEqual(span, literal)})", () => writer
            .Line($"value = {model.Type}.{CSharpText.Identifier(member.Name)};")
            .Line("return true;"));

    // As WsBinding.ToLower does at run time.
    private static string ToLower(string name) => string.Concat(name.Select(static c => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c));
}
