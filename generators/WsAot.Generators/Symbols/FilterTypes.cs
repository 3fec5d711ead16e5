namespace WsAot.Generators.Symbols;

/// <summary>The types of the namespace <c>WsAot.Filters</c>, which generated code calls around a method that has filters.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class FilterTypes
{
    internal static class WsFilteredMethod
    {
        public const string Name = "WsAot.Filters.WsFilteredMethod";
    }

    internal static class WsFiltering
    {
        public const string Name = "WsAot.Filters.WsFiltering";
        public const string TryEnter = "TryEnter";
        public const string Begin = "Begin";
        public const string EnterAsync = "EnterAsync";
        public const string Fail = "Fail";
        public const string Complete = "Complete";
        public const string CompleteAsync = "CompleteAsync";
    }
}
