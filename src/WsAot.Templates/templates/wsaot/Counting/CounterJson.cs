using System.Text.Json.Serialization;

namespace TemplateNamespace.Counting;

/// <summary>Lists every type that a call takes or returns, because NativeAOT cannot find them by reflection.</summary>
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
internal sealed partial class CounterJson : JsonSerializerContext;
