using System.Runtime.CompilerServices;
using RramSnn.AotCheck;
using RramSnn.Kernels.Simd;

// One line: how this program was compiled, its vector width, and a hash of everything it worked out. Only the first two may
// differ between two builds.
string compiler = RuntimeFeature.IsDynamicCodeCompiled ? "jit" : "aot";
Console.WriteLine($"{compiler} {VectorDispatch.WidthInBits} {Digest.Sha256()}");
