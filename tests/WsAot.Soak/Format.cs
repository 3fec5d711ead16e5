namespace WsAot.Soak;

internal static class Format
{
    public static string MiB(long bytes) => $"{bytes / (1024.0 * 1024):F1} MiB";
}
