import "./meja/alasan";
import "./meja/bawaan";
import "./meja/perjalanan";
import "./meja/pilih_warga";
