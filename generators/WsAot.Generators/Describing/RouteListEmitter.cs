using System.Text;
using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>Writes the table of routes: one line per route, followed by one line for each of its JSON-RPC methods and topics.</summary>
internal static class RouteListEmitter
{
    private const string Subscribe = "$/subscribe";

    private static readonly string[] s_heads = ["ROUTE", "HANDLER", "TAKES", "SUBPROTOCOLS"];

    public static string Emit(Description description)
    {
        var rows = new List<string[]> { s_heads };
        Dictionary<string, DescribedRoute> routes =
            description.Routes.ToDictionary(static route => route.Handler.Key, StringComparer.Ordinal);
        foreach (HandlerModel handler in description.Handlers)
        {
            rows.Add([handler.Template, handler.FullName, Events(handler), string.Join(", ", handler.Options.Subprotocols)]);
            if (!routes.TryGetValue(handler.Key, out DescribedRoute? route)) continue;
            foreach (MethodDescription method in route.Description.Methods)
            {
                rows.Add(["  " + new TypeScriptMethod(method, method.Name, description).ShortSignature]);
            }

            foreach (TopicDescription topic in route.Description.Topics) rows.Add([$"  {Subscribe} {topic.Model.Template}"]);
        }

        return Table(rows);
    }

    private static string Events(HandlerModel handler) => string.Join(", ",
        [
            .. handler.JsonRpc is null ? Array.Empty<string>() : ["json-rpc"],
            .. handler.Events.Select(static method => method.Event.ToString().ToLowerInvariant()),
        ]);

    // A row with one cell does not widen the first column.
    private static string Table(IEnumerable<string[]> cells)
    {
        string[][] rows = [.. cells.Select(static row => row.Select(InOneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, s_heads.Length)
            .Select(column => rows.Where(static row => row.Length > 1).Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    // Templates and JSON names can contain line breaks.
    private static string InOneLine(string cell) =>
        cell.Any(EndsLine) ? string.Concat(cell.Select(static c => EndsLine(c) ? $"\\u{(int)c:x4}" : c.ToString())) : cell;

    private static bool EndsLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
