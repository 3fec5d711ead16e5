using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>
/// Checks the type of a value before System.Text.Json reads it. For a wrong type, the reader would throw an exception, which costs several
/// times as much as a whole call. Values that an application's converter reads, and values inside others, are not checked.
/// </summary>
internal static class JsonRpcValueCheck
{
    /// <summary>Whether a value is an array or an object and its type is too: the usual case, decided without the type itself.</summary>
    public static bool IsUsual(JsonTokenType token, JsonTypeInfoKind kind) => token switch
    {
        JsonTokenType.StartArray => kind == JsonTypeInfoKind.Enumerable,
        JsonTokenType.StartObject => kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary,
        _ => false,
    };

    /// <summary>Whether the value at the reader's position can have a type, judged by its first token.</summary>
    public static bool Fits<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type) => type.Kind switch
    {
        JsonTypeInfoKind.None => IsPlain(ref reader, type) || !IsBuiltIn(type),
        // Only built-in converters have a known kind. With references or derived types, an array may be inside an object.
        JsonTypeInfoKind.Enumerable => reader.TokenType == JsonTokenType.StartArray
            || IsNull<T>(reader.TokenType)
            || (reader.TokenType == JsonTokenType.StartObject
                && (type.Options.ReferenceHandler is not null || type.PolymorphismOptions is not null)),
        _ => reader.TokenType == JsonTokenType.StartObject || IsNull<T>(reader.TokenType),
    };

    private static bool IsNull<T>(JsonTokenType token) => token == JsonTokenType.Null && default(T) is null;

    /// <summary>
    /// Whether the built-in converter of the type reads the value. For a struct type, the compiler keeps only one line of this method.
    /// </summary>
    private static bool IsPlain<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        JsonTokenType token = reader.TokenType;
        if (IsNull<T>(token)) return true;
        if (!typeof(T).IsValueType)
        {
            return token == JsonTokenType.String && (object)type is JsonTypeInfo<string> && IsText(ref reader);
        }

        if (typeof(T) == typeof(bool) || typeof(T) == typeof(bool?)) return token is JsonTokenType.True or JsonTokenType.False;
        if (token == JsonTokenType.Number)
        {
            if (typeof(T) == typeof(int) || typeof(T) == typeof(int?)) return reader.TryGetInt32(out _);
            if (typeof(T) == typeof(long) || typeof(T) == typeof(long?)) return reader.TryGetInt64(out _);
            if (typeof(T) == typeof(double) || typeof(T) == typeof(double?)) return true;
            if (typeof(T) == typeof(float)) return true;
            if (typeof(T) == typeof(decimal)) return reader.TryGetDecimal(out _);
            if (typeof(T) == typeof(uint)) return reader.TryGetUInt32(out _);
            if (typeof(T) == typeof(ulong)) return reader.TryGetUInt64(out _);
            if (typeof(T) == typeof(short)) return reader.TryGetInt16(out _);
            if (typeof(T) == typeof(ushort)) return reader.TryGetUInt16(out _);
            if (typeof(T) == typeof(byte)) return reader.TryGetByte(out _);
            if (typeof(T) == typeof(sbyte)) return reader.TryGetSByte(out _);
        }
        else if (token == JsonTokenType.String && IsText(ref reader))
        {
            if (typeof(T) == typeof(Guid)) return reader.TryGetGuid(out _);
            if (typeof(T) == typeof(DateTime)) return reader.TryGetDateTime(out _);
            if (typeof(T) == typeof(DateTimeOffset)) return reader.TryGetDateTimeOffset(out _);
        }

        return false;
    }

    /// <summary>Whether a string is Unicode text: otherwise the reader throws when it unescapes it.</summary>
    private static bool IsText(ref Utf8JsonReader reader) => !reader.ValueIsEscaped || JsonRpcText.IsUnicode(reader.ValueSpan);

    /// <summary>Whether the built-in converter reads the type, and reads numbers only from JSON numbers.</summary>
    private static bool IsBuiltIn<T>(JsonTypeInfo<T> type)
    {
        JsonConverter? converter = BuiltIn(type);
        JsonNumberHandling numbers = type.NumberHandling ?? type.Options.NumberHandling;
        return converter is not null
            && converter.GetType() == type.Converter.GetType()
            && (numbers & ~JsonNumberHandling.WriteAsString) == JsonNumberHandling.Strict;
    }

    private static JsonConverter? BuiltIn<T>(JsonTypeInfo<T> type)
    {
        if (!typeof(T).IsValueType) return (object)type is JsonTypeInfo<string> ? JsonMetadataServices.StringConverter : null;
        if (typeof(T) == typeof(bool)) return JsonMetadataServices.BooleanConverter;
        if (typeof(T) == typeof(bool?)) return NullableOf(type.Options, JsonMetadataServices.BooleanConverter);
        if (typeof(T) == typeof(int)) return JsonMetadataServices.Int32Converter;
        if (typeof(T) == typeof(int?)) return NullableOf(type.Options, JsonMetadataServices.Int32Converter);
        if (typeof(T) == typeof(long)) return JsonMetadataServices.Int64Converter;
        if (typeof(T) == typeof(long?)) return NullableOf(type.Options, JsonMetadataServices.Int64Converter);
        if (typeof(T) == typeof(double)) return JsonMetadataServices.DoubleConverter;
        if (typeof(T) == typeof(double?)) return NullableOf(type.Options, JsonMetadataServices.DoubleConverter);
        if (typeof(T) == typeof(float)) return JsonMetadataServices.SingleConverter;
        if (typeof(T) == typeof(decimal)) return JsonMetadataServices.DecimalConverter;
        if (typeof(T) == typeof(uint)) return JsonMetadataServices.UInt32Converter;
        if (typeof(T) == typeof(ulong)) return JsonMetadataServices.UInt64Converter;
        if (typeof(T) == typeof(short)) return JsonMetadataServices.Int16Converter;
        if (typeof(T) == typeof(ushort)) return JsonMetadataServices.UInt16Converter;
        if (typeof(T) == typeof(byte)) return JsonMetadataServices.ByteConverter;
        if (typeof(T) == typeof(sbyte)) return JsonMetadataServices.SByteConverter;
        if (typeof(T) == typeof(Guid)) return JsonMetadataServices.GuidConverter;
        if (typeof(T) == typeof(DateTime)) return JsonMetadataServices.DateTimeConverter;
        return typeof(T) == typeof(DateTimeOffset) ? JsonMetadataServices.DateTimeOffsetConverter : null;
    }

    private static JsonConverter<T?>? NullableOf<T>(JsonSerializerOptions options, JsonConverter<T> builtIn)
        where T : struct =>
        options.TryGetTypeInfo(typeof(T), out JsonTypeInfo? inner) && inner.Converter.GetType() == builtIn.GetType()
            ? JsonMetadataServices.GetNullableConverter((JsonTypeInfo<T>)inner)
            : null;
}
