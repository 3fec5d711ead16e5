using System.Text.Json.Serialization;

namespace TemplateNamespace.Counting;

/// <summary>Every type that a call takes or returns: NativeAOT has no reflection to find out.</summary>
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
internal sealed partial class CounterJson : JsonSerializerContext;
