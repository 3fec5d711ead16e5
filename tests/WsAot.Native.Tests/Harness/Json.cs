using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

internal static class Json
{
    /// <summary>A property that is an array of strings.</summary>
    public static string[] Strings(this JsonElement element, string property) =>
        element.GetProperty(property).Strings();

    /// <summary>An array of strings.</summary>
    public static string[] Strings(this JsonElement array) => [.. array.EnumerateArray().Select(static item => item.GetString()!)];

    /// <summary>A property that is an array of objects.</summary>
    public static JsonElement[] Objects(this JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray()];
}
