using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WsAot.Dashboard;

/// <summary>
/// The answer to an API call. Answers write themselves, so that the serializer needs code for this type only: its code for every type of
/// answer would be as large in the native file as the rest of the dashboard.
/// </summary>
[JsonConverter(typeof(Converter))]
internal abstract class DashboardAnswer
{
    /// <summary>Writes the answer as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    // Wraps the writer's methods, because the compiler would inline them in each place that writes a member.
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value) => json.WriteString(name, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value) => json.WriteNumber(name, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value) => json.WriteNumber(name, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value) => json.WriteBoolean(name, value);

    internal sealed class Converter : JsonConverter<DashboardAnswer>
    {
        public override DashboardAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DashboardAnswer value, JsonSerializerOptions options) => value.WriteTo(writer);
    }
}
