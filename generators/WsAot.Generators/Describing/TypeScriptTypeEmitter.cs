using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes a named type.</summary>
internal sealed class TypeScriptTypeEmitter(SourceWriter writer, Description description)
{
    private const string NoMembers = "Record<never, never>";

    public void Emit(TypeShape type)
    {
        string name = description.NameOf(type);
        writer.Line().Comment([type.Summary]);
        if (type.Enum is { } members) Enum(name, members);
        else if (type.Object!.Derived.Count > 0) Union(name, type, type.Object);
        else Object(name, type, type.Object);
    }

    // Not a TypeScript enum: without enums only types have to be erased, so that node runs the file as it is.
    private void Enum(string name, EnumShape shape)
    {
        if (shape.IsText)
        {
            string values = string.Join(" | ", shape.Members.Select(static member => JsonText.String(member.Text)).Distinct());
            writer.Line($"export type {name} = {(shape.IsFlags || values.Length == 0 ? "string" : values)};");
            return;
        }

        writer.Braces($"export const {name} =", () =>
        {
            foreach (EnumMemberShape member in shape.Members)
            {
                writer.Comment([member.Summary]).Line($"{TypeScriptNames.Property(member.Name)}: {member.Number},");
            }
        }, "} as const;");
        bool isAnyNumber = shape.IsFlags || shape.Members.Count == 0;
        writer.Line($"export type {name} = {(isAnyNumber ? "number" : $"(typeof {name})[keyof typeof {name}]")};");
    }

    private void Object(string name, TypeShape type, ObjectShape shape)
    {
        Member[] members = [.. description.MembersOf(type)];
        if (members.Length == 0) writer.Line($"export type {name} = {(shape.HasOthers ? "Record<string, unknown>" : NoMembers)};");
        else writer.Braces($"export interface {name}", () => Members(members, shape));
    }

    private void Members(IEnumerable<Member> members, ObjectShape shape)
    {
        foreach (Member member in members) writer.Comment([member.Property.Summary]).Line(Text(member) + ";");
        if (shape.HasOthers) writer.Line("[name: string]: unknown;");
    }

    private void Union(string name, TypeShape type, ObjectShape shape)
    {
        writer.Line($"export type {name} =").Indented(() =>
        {
            var choices = shape.Derived.Select(derived => Choice(type, shape, derived)).ToList();
            if (!shape.IsAbstract && shape.Derived.All(derived => derived.Shape.TypeId != type.Id)) choices.Add(Own(type));
            for (int i = 0; i < choices.Count; i++) writer.Line($"| {choices[i]}{(i == choices.Count - 1 ? ";" : "")}");
        });
    }

    private string Choice(TypeShape type, ObjectShape shape, DerivedShape derived)
    {
        string members = derived.Shape.TypeId == type.Id ? Own(type) : TypeScriptTypes.Text(derived.Shape, description);
        return derived.Discriminator is { } value
            ? $"({{ {TypeScriptNames.Property(shape.Discriminator)}: {value} }} & {members})"
            : members;
    }

    // The members of the base type itself are written in place, because its name stands for the whole union.
    private string Own(TypeShape type)
    {
        string members = string.Join("; ", description.MembersOf(type).Select(Text));
        return members.Length == 0 ? NoMembers : $"{{ {members} }}";
    }

    private string Text(Member member) =>
        TypeScriptNames.Property(member.Property.Name)
            + (member.IsOptional ? "?: " : ": ")
            + TypeScriptTypes.Text(member.Property.Shape, description);
}
