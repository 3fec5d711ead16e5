using WsAot.Bench.Reporting;

namespace WsAot.Bench.Profiling;

internal static class ProfileText
{
    public static string Name(CodeOwner owner) => owner switch
    {
        CodeOwner.Kernel => "kernel",
        CodeOwner.File => "wsaot",
        _ => "libraries",
    };

    /// <param name="whole">What a share is a part of; 100 for percent.</param>
    public static string Top(IEnumerable<ProfileRow> rows, int count, double whole = 100)
    {
        TextTable table = new("function", "whose", whole == 100 ? "% of time" : "instructions");
        foreach (ProfileRow row in rows.OrderByDescending(row => row.Share).Take(count))
            table.Add(row.Symbol, Name(row.Owner), Figure.Short(row.Share * whole));
        return table.ToString();
    }
}
