using System.Runtime.CompilerServices;
using Gamification.Runtime.Hosting;

namespace Gamification.Runtime.Calls;

/// <summary>The generated proxies. Each assembly with grain interfaces registers its own when it is first used.</summary>
public static class GrainProxies
{
    public static void Register<TInterface>(Func<GrainAddress, TInterface> create) => ProxyOf<TInterface>.Create = create;

    internal static TInterface Create<TInterface>(GrainAddress address) =>
        (ProxyOf<TInterface>.Create ?? ProxyOf<TInterface>.Find())(address);

    private static class ProxyOf<TInterface>
    {
        public static Func<GrainAddress, TInterface>? Create { get; set; }

        public static Func<GrainAddress, TInterface> Find()
        {
            // Naming a type does not run its assembly's initialiser, calling into the assembly would.
            RuntimeHelpers.RunModuleConstructor(typeof(TInterface).Module.ModuleHandle);
            return Create ?? throw new GrainConfigurationException(
                $"{typeof(TInterface)} has no proxy. Its project must reference Gamification.Runtime.Generator as an analyzer, and the "
                + "interface must be visible in its assembly, not generic, and derive from IGrainWithStringKey or IGrainObserver.");
        }
    }
}
