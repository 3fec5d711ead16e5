using System.Globalization;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Turns an enum into its model.</summary>
internal static class EnumParser
{
    public static EnumModel Parse(INamedTypeSymbol type)
    {
        IFieldSymbol[] members = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];
        ulong bits = members.Aggregate(0UL, static (bits, member) => bits | BitsOf(member.ConstantValue!));
        return new EnumModel(
            TypeNames.InCode(type),
            type.GetAttributes().Find(SystemTypes.FlagsAttribute.Name) is not null,
            bits.ToString(CultureInfo.InvariantCulture) + "UL",
            new(members.Select(static member =>
                new EnumMember(member.Name, Convert.ToString(member.ConstantValue, CultureInfo.InvariantCulture)))));
    }

    // The bits of a negative value, without those to which its sign would extend.
    private static ulong BitsOf(object value) => value switch
    {
        sbyte number => unchecked((byte)number),
        short number => unchecked((ushort)number),
        int number => unchecked((uint)number),
        long number => unchecked((ulong)number),
        _ => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
    };
}
