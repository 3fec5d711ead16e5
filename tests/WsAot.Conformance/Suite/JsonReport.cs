using System.Text.Json;

namespace WsAot.Conformance.Suite;

/// <summary>Writes one JSON object with all results, at the end.</summary>
internal sealed class JsonReport(Stream output) : IReport
{
    public void Add(CaseResult result)
    {
    }

    public void Finish(IReadOnlyList<CaseResult> results, TimeSpan time)
    {
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        foreach (CaseOutcome outcome in Enum.GetValues<CaseOutcome>())
        {
            writer.WriteNumber(Name(outcome), results.Count(result => result.Outcome == outcome));
        }

        writer.WriteNumber("milliseconds", (long)time.TotalMilliseconds);
        writer.WriteStartArray("cases");
        foreach (CaseResult result in results) Write(writer, result);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CaseResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", result.Case.Id);
        writer.WriteString("section", result.Case.Section);
        writer.WriteString("name", result.Case.Name);
        writer.WriteString("expectation", result.Case.Expectation);
        writer.WriteString("outcome", Name(result.Outcome));
        writer.WriteNumber("milliseconds", (long)result.Time.TotalMilliseconds);
        if (result.Problem is not null) writer.WriteString("problem", result.Problem);
        if (result.Case.Choice is not null) writer.WriteString("choice", result.Case.Choice);
        if (result.Trace.Length > 0) writer.WriteString("traffic", result.Trace);
        writer.WriteEndObject();
    }

    private static string Name(CaseOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
