namespace WsAot.Transport.Tests;

/// <summary>Tests that change state of the whole process.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
