namespace WsAot.Generators.Symbols;

/// <summary>The types of System.Text.Json whose attributes decide what JSON looks like.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class JsonTypes
{
    internal static class JsonSerializerContext
    {
        public const string Name = "System.Text.Json.Serialization.JsonSerializerContext";
        public const string GetTypeInfo = "GetTypeInfo";
    }

    internal static class JsonTypeInfo
    {
        public const string Name = "System.Text.Json.Serialization.Metadata.JsonTypeInfo`1";
    }

    internal static class JsonSourceGenerationOptionsAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
        public const string PropertyNamingPolicy = "PropertyNamingPolicy";
        public const string UseStringEnumConverter = "UseStringEnumConverter";
        public const string DefaultIgnoreCondition = "DefaultIgnoreCondition";
        public const string NumberHandling = "NumberHandling";
        public const string IncludeFields = "IncludeFields";
        public const string IgnoreReadOnlyProperties = "IgnoreReadOnlyProperties";
        public const string IgnoreReadOnlyFields = "IgnoreReadOnlyFields";
        public const string RespectRequiredConstructorParameters = "RespectRequiredConstructorParameters";
        public const string GenerationMode = "GenerationMode";
    }

    internal static class JsonSerializableAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonSerializableAttribute";
        public const string GenerationMode = "GenerationMode";
    }

    internal static class JsonIgnoreAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonIgnoreAttribute";
        public const string Condition = "Condition";
    }

    internal static class JsonIncludeAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonIncludeAttribute";
    }

    internal static class JsonRequiredAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonRequiredAttribute";
    }

    internal static class JsonPropertyNameAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    }

    internal static class JsonExtensionDataAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    }

    internal static class JsonConstructorAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonConstructorAttribute";
    }

    internal static class JsonNumberHandlingAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonNumberHandlingAttribute";
    }

    internal static class JsonConverterAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonConverterAttribute";
    }

    internal static class JsonStringEnumConverter
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumConverter";
    }

    internal static class JsonStringEnumConverterOfT
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumConverter`1";
    }

    internal static class JsonNumberEnumConverterOfT
    {
        public const string Name = "System.Text.Json.Serialization.JsonNumberEnumConverter`1";
    }

    internal static class JsonStringEnumMemberNameAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    }

    internal static class JsonPolymorphicAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
        public const string TypeDiscriminatorPropertyName = "TypeDiscriminatorPropertyName";
    }

    internal static class JsonDerivedTypeAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    }
}
