using Microsoft.CodeAnalysis;

namespace Gamification.Runtime.Generator;

/// <summary>Types as generated code names them: from the global namespace, so that no using can change their meaning.</summary>
internal static class Names
{
    public static string Of(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
