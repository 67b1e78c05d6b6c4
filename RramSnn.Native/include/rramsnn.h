/*
 * RramSnn: spiking networks that learn on resistive crossbars. C interface, version 1.
 *
 * Rules that hold for every function
 *
 * - The result is RRAMSNN_OK or says why nothing was done; rramsnn_last_error() then has one line about it. No input
 *   crashes the host: null pointers, wrong lengths, values that are not finite, freed, foreign and made-up handles are refused.
 *   A function that creates something then leaves a null handle, other results are as they were.
 *   Only this cannot be checked: that memory a pointer points to is as long as the host says.
 * - Handles are numbers in disguise, never addresses. A null handle may be freed.
 * - Different handles may be used by different threads at the same time. Two calls on one handle at the same time are
 *   refused with RRAMSNN_BUSY, whichever comes second, also a call that frees; devices never change and may be shared.
 * - Texts, names and paths are UTF-8 and end with a zero. Text comes back cut off at the capacity of the buffer, always with a zero
 *   behind it; needed receives its whole length with the zero, and a null buffer asks for that alone.
 * - Lengths are in elements. Matrices are row-major, floats are IEEE single precision. What the host passes is read or copied
 *   during the call; no pointer is kept. A crossbar has a copy of its device, which may be freed before it.
 * - Spikes are bits: input i is bit i % 64 of word i / 64. Bits beyond the last input are ignored.
 * - The same seed and the same calls give the same bits on every processor, vector width and number of threads.
 * - Steps and samples that succeed allocate nothing once a handle exists, but for a batch larger than any before.
 * - The first call in a process starts the runtime inside the library, which takes some milliseconds and one background thread.
 */
#ifndef RRAMSNN_H
#define RRAMSNN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RRAMSNN_ABI_VERSION 1

typedef enum rramsnn_status {
    RRAMSNN_OK = 0,
    RRAMSNN_INVALID_ARGUMENT = 1, /* a null pointer, a wrong length, a value out of range, a call out of order */
    RRAMSNN_INVALID_HANDLE = 2,   /* null, freed, of another kind, or made up */
    RRAMSNN_BUSY = 3,             /* another thread works on the handle */
    RRAMSNN_INVALID_DATA = 4,     /* a text or file is malformed, or does not fit */
    RRAMSNN_IO = 5,               /* a file cannot be read or written */
    RRAMSNN_OUT_OF_MEMORY = 6,
    RRAMSNN_DEFECT = 7            /* a mistake in the library */
} rramsnn_status;

typedef struct rramsnn_device_handle *rramsnn_device;
typedef struct rramsnn_crossbar_handle *rramsnn_crossbar;
typedef struct rramsnn_network_handle *rramsnn_network;

/* ---- the library ------------------------------------------------------------------------------------------------ */

/* Whether this processor can run the library, which needs x86-64-v3 (AVX2, FMA, BMI): 3 or 4 if it can, 4 where the library
   for x86-64-v4 (AVX-512) can be taken as well, 0 if it cannot. Compiled into the host, to be asked before the first call:
   on a lesser processor the runtime ends the process. */
static inline int rramsnn_processor_level(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2"))
        return 0;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") ? 4 : 3;
#else
    return 0;
#endif
}

/* Version of the library, for example "0.1.0". Never null, good for ever. */
const char *rramsnn_version(void);

/* Version of this interface: a host compiled with another RRAMSNN_ABI_VERSION must not go on. */
int32_t rramsnn_abi_version(void);

/* Bits of the vectors that the library was compiled for: 256 or 512. Speed depends on it, results do not. */
int32_t rramsnn_vector_width(void);

/* Names of all preset devices and of all update methods, one on a line. Never null, good for ever. */
const char *rramsnn_device_names(void);
const char *rramsnn_method_names(void);

/* The last failure of the calling thread, one line of UTF-8; empty if there was none. Successes leave it. Good until the thread's next
   failure or its end. */
const char *rramsnn_last_error(void);

/* Handles that were not freed yet. */
int32_t rramsnn_handle_count(void);

/* ---- devices: a law of the conductance under pulses --------------------------------------------------------------- */

/* text: the name of a preset ("tiox-3v", "ideal", ...; rramsnn_device_names), or the text of a device file. */
rramsnn_status rramsnn_device_create(const char *text, rramsnn_device *device);

/* A copy whose range takes another number of pulses, 1 to 1e9; 0 for the same. */
rramsnn_status rramsnn_device_clone(rramsnn_device device, double pulses_per_range, rramsnn_device *copy);

rramsnn_status rramsnn_device_free(rramsnn_device device);

/* The text of the device's file, from which rramsnn_device_create makes the same device. */
rramsnn_status rramsnn_device_json(rramsnn_device device, char *buffer, size_t capacity, size_t *needed);

/* The normalised state (G - Gmin)/(Gmax - Gmin), 0 to 1, after a number of pulses, whole or not, -1e9 to 1e9; negative ones depress. */
rramsnn_status rramsnn_device_after(rramsnn_device device, double state, double pulses, double *after);

/* ---- fields: the memory of crossbars and networks without copies ---------------------------------------------------- */

typedef enum rramsnn_element {
    RRAMSNN_FLOAT32 = 1,
    RRAMSNN_FLOAT64 = 2,
    RRAMSNN_INT64 = 3,
    RRAMSNN_UINT64 = 4
} rramsnn_element;

/* A field as it lies in memory. data starts on a cache line and stays where it is until the handle is freed, whatever is loaded or set
   meanwhile; then it points to nothing. The host may read it while no call on the handle runs, and then also write what the library would write there:
   conductances in [0, 1], finite traces and sums. The constants of varied devices are made from the seed and for reading alone. Matrices of devices are
   stored as panels of 128 columns: shape [panels, rows, 128], logical shape [rows, columns], and padding must stay zero. Strides are in bytes. */
typedef struct rramsnn_view {
    void *data;
    int32_t element_type;  /* rramsnn_element */
    int32_t is_persistent; /* saved and hashed, or rebuilt in every sample */
    int32_t dimensions;
    int32_t logical_dimensions;
    int64_t shape[4];
    int64_t strides[4];
    int64_t logical_shape[4];
} rramsnn_view;

/* ---- one crossbar with its neurons, for hosts that have their own loop and learning rule ----------------------------- */

typedef struct rramsnn_crossbar_options {
    uint32_t struct_size;        /* set by rramsnn_crossbar_options_init */
    int32_t rows;                /* word lines: inputs, 1 to 1048576 */
    int32_t columns;             /* bit lines: neurons, 1 to 1048576; rows x columns at most 2^28 */
    int32_t cell;                /* 0: pair of devices, 1: one device against a fixed reference */
    int32_t pulses;              /* 0: continuous, 1: whole pulses by stochastic rounding */
    int32_t device_variability;  /* 0: perfect devices, 1: those of the device file */
    uint64_t seed;
    double weight_range;         /* W: weights lie in [-W, W], 0.001 to 1000; 0 for the method's tuned range */
    float initial_weight_scale;  /* start weights are uniform on +- this / sqrt(rows), 0 to 1000; 0 for none */
    float membrane_decay;        /* alpha = exp(-dt/tau), 0 to below 1 */
    float synapse_decay;         /* beta, likewise */
    float reset_decay;           /* rho, likewise */
    float reset_strength;        /* w_r, 0 to 1000 */
    float gain;                  /* g, more than 0, at most 1000 */
    float threshold;             /* theta, 0 to 1000 */
    float surrogate_half_width;  /* h of the field "surrogate", |U - theta| < h; more than 0, at most 1000 */
    char method[32];             /* how wishes become pulses: one of rramsnn_method_names; empty for balanced-pair. Methods that
                                    work between samples ("tiki-taka", ...) are for networks alone. */
} rramsnn_crossbar_options;

typedef struct rramsnn_crossbar_info {
    int32_t rows;
    int32_t columns;
    int32_t input_words;      /* words of 64 input spikes */
    int32_t output_words;     /* words of 64 output spikes */
    int32_t field_count;
    float weight_range;
    float weight_per_state;   /* currents in units of the weight are currents times this */
    float rest_state;         /* state of a weight of zero */
    uint64_t seed;
    uint64_t time;            /* number of the coming update */
    double pulse_total;
    int64_t write_total;
    int64_t read_total;
    int64_t device_count;
    int64_t byte_length;
} rramsnn_crossbar_info;

/* Defaults for everything but rows and columns. */
rramsnn_status rramsnn_crossbar_options_init(rramsnn_crossbar_options *options);

rramsnn_status rramsnn_crossbar_create(const rramsnn_crossbar_options *options, rramsnn_device device, rramsnn_crossbar *crossbar);
rramsnn_status rramsnn_crossbar_free(rramsnn_crossbar crossbar);
rramsnn_status rramsnn_crossbar_get_info(rramsnn_crossbar crossbar, rramsnn_crossbar_info *info);

/* name: "conductance_plus", "conductance_minus" (states 0 to 1), "current", "wish", "input_membrane_trace", "spikes", ...;
   rramsnn_crossbar_field_name lists them, index 0 to field_count - 1, each with "layers.0." before it, which may be left out here. */
rramsnn_status rramsnn_crossbar_view(rramsnn_crossbar crossbar, const char *name, rramsnn_view *view);
rramsnn_status rramsnn_crossbar_field_name(rramsnn_crossbar crossbar, int32_t index, char *buffer, size_t capacity, size_t *needed);

/* current_j = sum over i of input_i (u+_ij - u-_ij), i ascending; for a reference cell u_ij - rest. In units of the state.
   current may be null: the result is in the field "current" in any case. */
rramsnn_status rramsnn_crossbar_accumulate(rramsnn_crossbar crossbar, const float *input, size_t rows, float *current, size_t columns);

/* The same for inputs of 0 and 1, in time that goes with the number of spikes. */
rramsnn_status rramsnn_crossbar_accumulate_spikes(rramsnn_crossbar crossbar, const uint64_t *spikes, size_t words, float *current, size_t columns);

/* The same for several inputs, without read noise: inputs [batch, rows] with input_stride elements from row to row, currents
   [batch, columns]. inputs_length is (batch - 1) input_stride + rows, currents_length is batch columns. The field "current" stays. */
rramsnn_status rramsnn_crossbar_accumulate_batch(
    rramsnn_crossbar crossbar, const float *inputs, size_t inputs_length, int32_t input_stride, int32_t batch, float *currents, size_t currents_length);

/* Writes the devices: the method turns the wished changes trace_i wish_j of the weights into pulses, continuous or whole.
   A null trace stands for the field "input_membrane_trace", a null wish for the field "wish", into which a wish is copied. Traces are
   never negative. */
rramsnn_status rramsnn_crossbar_update(rramsnn_crossbar crossbar, const float *trace, size_t rows, const float *wish, size_t columns);

/* The same, and then rramsnn_crossbar_accumulate of the coming input; where the device allows in one pass over memory. */
rramsnn_status rramsnn_crossbar_update_and_accumulate(
    rramsnn_crossbar crossbar, const float *trace, size_t trace_rows, const float *wish, size_t wish_columns,
    const float *input, size_t input_rows, float *current, size_t columns);

/* Moves the presynaptic traces by one step: P <- alpha P + (1 - alpha) Q, then Q <- beta Q + (1 - beta) g spike. P is the field
   "input_membrane_trace", Q "input_synapse_trace". */
rramsnn_status rramsnn_crossbar_filter_spikes(rramsnn_crossbar crossbar, const uint64_t *spikes, size_t words);

/* One step of the leaky integrate-and-fire neurons (docs/numerics.md, section 1), I being current times weight_per_state:
   V <- alpha V + (1 - alpha) X, X <- beta X + (1 - beta) g I, S = [V + R > theta], R <- rho R - (1 - rho) w_r S.
   A null current stands for the field "current". spikes may be null; the field "spikes" has them in any case. */
rramsnn_status rramsnn_crossbar_step(rramsnn_crossbar crossbar, const float *current, size_t columns, uint64_t *spikes, size_t words);

/* Forgets filters and traces; devices keep their states. */
rramsnn_status rramsnn_crossbar_reset_state(rramsnn_crossbar crossbar);

/* Number of the coming update. With the seed it names the random numbers of pulses and noise; each update adds 1. */
rramsnn_status rramsnn_crossbar_set_time(rramsnn_crossbar crossbar, uint64_t time);

/* Weights [rows, columns], within [-W, W]; programming them is not counted as writes. */
rramsnn_status rramsnn_crossbar_get_weights(rramsnn_crossbar crossbar, float *weights, size_t length);
rramsnn_status rramsnn_crossbar_set_weights(rramsnn_crossbar crossbar, const float *weights, size_t length);

/* SHA-256 over all lasting state: 64 hexadecimal digits and a zero, so capacity is 65 or more. The managed program prints the same.
   Counts of pulses are part of it and are rounded here, in save and in reset_state: compare runs that made the same of these calls. */
rramsnn_status rramsnn_crossbar_state_sha256(rramsnn_crossbar crossbar, char *buffer, size_t capacity);

/* Safetensors. A file is replaced when the new one is complete; on a failed load the state is as it was. */
rramsnn_status rramsnn_crossbar_save(rramsnn_crossbar crossbar, const char *path);
rramsnn_status rramsnn_crossbar_load(rramsnn_crossbar crossbar, const char *path);

/* ---- whole networks with local learning ---------------------------------------------------------------------------- */

typedef struct rramsnn_network_info {
    int32_t inputs;
    int32_t classes;
    int32_t layers;
    int32_t steps;            /* time steps of a sample */
    int32_t burn_in;          /* first steps, in which nothing is learned or scored */
    int32_t workers;          /* threads that share a step */
    int32_t input_words;
    int32_t output_neurons;   /* of the last layer */
    int32_t output_words;
    int32_t field_count;
    uint64_t seed;
    int64_t position;         /* samples that rramsnn_network_train has shown */
    int64_t total_samples;    /* of the whole training; 0 before it has samples */
    double learning_rate;     /* of the configuration */
    double pulse_total;
    int64_t write_total;
    int64_t read_total;
    int64_t device_count;
    int64_t byte_length;
} rramsnn_network_info;

/* config: a JSON object with the keys of the program's config.json (`train --help`: "--burn-in" is "burn_in"), and its defaults:
   {"hidden": [512], "device": "tiox-3v", "method": "balanced-pair", "seed": 1, ...}. device is a name or a whole device. Keys about
   data and logs are ignored; threads is 1 by default. Null or empty for all defaults. inputs 1 to 1048576, classes 2 to 65536. */
rramsnn_status rramsnn_network_create(const char *config, int32_t inputs, int32_t classes, rramsnn_network *network);
rramsnn_status rramsnn_network_free(rramsnn_network network);
rramsnn_status rramsnn_network_get_info(rramsnn_network network, rramsnn_network_info *info);

/* Most threads that may share a step, 1 to 1024; fewer work where more would be slower. Results do not depend on it. */
rramsnn_status rramsnn_network_set_threads(rramsnn_network network, int32_t threads);

/* name: "layers.0.conductance_plus", ...; rramsnn_network_field_name lists them, index 0 to field_count - 1. */
rramsnn_status rramsnn_network_view(rramsnn_network network, const char *name, rramsnn_view *view);
rramsnn_status rramsnn_network_field_name(rramsnn_network network, int32_t index, char *buffer, size_t capacity, size_t *needed);

/* Shows one sample for all its steps: raster is [steps, input_words]. learning_rate 0 leaves the devices alone, and label may be -1
   then. learning_rate is 0 to 1000. position, 0 to 2^40, is the number of the sample within the run and names the random numbers of its
   writes. decision, which may be null, receives the class with the highest score. */
rramsnn_status rramsnn_network_show_spikes(
    rramsnn_network network, const uint64_t *raster, size_t words, int32_t label, double learning_rate, int64_t position, int32_t *decision);

/* The same with one byte per input, which the network encodes: as training spikes of image `number` when it learns, as test spikes
   otherwise. Up to 256 classes. */
rramsnn_status rramsnn_network_show_pixels(
    rramsnn_network network, const uint8_t *pixels, size_t length, uint32_t number, int32_t label, double learning_rate, int64_t position, int32_t *decision);

/* The same step by step, for closed loops: begin, up to `steps` steps, end. The label may change from step to step; -1 is unknown, and
   then nothing is learned. output and decision may be null; output receives the spikes of the last layer. In between the network
   neither trains, evaluates, saves nor loads. */
rramsnn_status rramsnn_network_begin(rramsnn_network network, double learning_rate, int64_t position);
rramsnn_status rramsnn_network_step(
    rramsnn_network network, const uint64_t *spikes, size_t words, int32_t label, uint64_t *output, size_t output_words);
rramsnn_status rramsnn_network_end(rramsnn_network network, int32_t *decision);

/* Class scores of the last layer, summed over the last sample's steps after burn-in. */
rramsnn_status rramsnn_network_scores(rramsnn_network network, float *scores, size_t classes);

/* The training of the program's command train: its samples, copied (pixels [count, inputs], one label each, up to 256 classes), then any
   number of calls that each show up to maximum_samples more of epochs x count. shown, which may be null, receives how many they
   were; 0 at the end. Order, learning rate and spikes are those of the program, and so is the state's hash. */
rramsnn_status rramsnn_network_load_samples(rramsnn_network network, const uint8_t *pixels, size_t length, const uint8_t *labels, size_t count);
rramsnn_status rramsnn_network_train(rramsnn_network network, int64_t maximum_samples, int64_t *shown);

/* Goes on at a position of a training whose state was loaded. */
rramsnn_status rramsnn_network_restore_position(rramsnn_network network, int64_t position);

/* Share of images that the network names right; the devices stay as they are. */
rramsnn_status rramsnn_network_evaluate(
    rramsnn_network network, const uint8_t *pixels, size_t length, const uint8_t *labels, size_t count, double *accuracy);

rramsnn_status rramsnn_network_state_sha256(rramsnn_network network, char *buffer, size_t capacity);
rramsnn_status rramsnn_network_save(rramsnn_network network, const char *path);
rramsnn_status rramsnn_network_load(rramsnn_network network, const char *path);

#ifdef __cplusplus
}
#endif

#endif
