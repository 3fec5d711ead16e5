namespace WsAot.Metrics;

/// <summary>
/// Close codes as labels: one for each code of RFC 6455 section 7.4.1, and one for all codes of applications, so that there are few.
/// </summary>
internal static class CloseCodes
{
    private static readonly string[] s_names =
    [
        "1000", "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "1009", "1010", "1011", "1012", "1013", "1014", "1015",
        "3xxx", "4xxx", "other",
    ];

    public static int Count => 19;

    public static string NameOf(int place) => s_names[place];

    public static int PlaceOf(ushort code) => code switch
    {
        >= 1000 and <= 1015 => code - 1000,
        >= 3000 and < 4000 => 16,
        >= 4000 and < 5000 => 17,
        _ => 18,
    };
}
