using System.Text;
using WsAot.Routing;

namespace WsAot.Describing;

/// <summary>Merges the descriptions of several tables. Only <c>--describe</c> uses it, so that it can be trimmed.</summary>
internal static class DescriptionMerge
{
    /// <returns>Empty if the kind is unknown.</returns>
    /// <exception cref="WsStartException">Two assemblies have different types of the same name.</exception>
    public static byte[] Merge(IReadOnlyList<WsRouteTable> tables, string kind)
    {
        // Tables written by hand may describe nothing.
        byte[][] texts = [.. tables.Select(table => table.Describe(kind).ToArray()).Where(static text => text.Length > 0)];
        if (texts.Length < 2) return texts.Length == 0 ? [] : texts[0];
        return kind switch
        {
            "routes" => Encoding.UTF8.GetBytes(RouteListMerge.Merge([.. texts.Select(Encoding.UTF8.GetString)])),
            "openrpc" => OpenRpcMerge.Merge(texts),
            "typescript" or "csharp" => Encoding.UTF8.GetBytes(ClientMerge.Merge([.. texts.Select(Encoding.UTF8.GetString)])),
            _ => [],
        };
    }

    internal static WsStartException DifferentTypes(string name, string one, string other) =>
        new($"'{name}' of {other} is not the '{name}' of {one}: rename one of them, or describe the table of each assembly by itself.");
}
