//! Which of the plugged-in devices is meant, and which of its endpoints print.

use crate::printer::UsbAddress;
use crate::printer::transport::TransportError;
use nusb::descriptors::{InterfaceDescriptor, TransferType};
use nusb::transfer::Direction;
use nusb::{Device, DeviceInfo, Error, ErrorKind, Interface, MaybeFuture};

/// Printer, as the USB printer class definition numbers it.
const PRINTER_CLASS: u8 = 7;
/// A maker's own class: some printers have only this one, with the same two pipes.
const VENDOR_CLASS: u8 = 0xFF;
/// ENOENT: a system without any USB has no list of devices.
const NO_LIST: u32 = 2;

/// A printer's bulk endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) out: u8,
    pub(super) input: Option<u8>,
}

/// Finds the printer and takes it over.
pub(super) fn claim(address: &UsbAddress) -> Result<(Interface, Ends), TransportError> {
    let info = find(address)?;
    let device = info.open().wait().map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => TransportError::UsbNotPermitted { address: address.clone() },
        ErrorKind::Disconnected => TransportError::UsbNotFound { address: address.clone() },
        _ => self::error(&error),
    })?;
    let (number, setting, ends) = printing_part(&device)
        .ok_or_else(|| TransportError::UsbNoPrinter { address: address.clone() })?;
    let claimed = device.detach_and_claim_interface(number).wait();
    let interface = claimed.map_err(|error| self::error(&error))?;
    if setting != 0 {
        interface.set_alt_setting(setting).wait().map_err(|error| self::error(&error))?;
    }
    Ok((interface, ends))
}

/// A failure before any byte was sent, in a person's words where there are some.
pub(super) fn error(error: &Error) -> TransportError {
    match error.kind() {
        ErrorKind::Busy => TransportError::Busy,
        ErrorKind::Disconnected => {
            TransportError::Lost { detail: "it was unplugged or switched off".into() }
        }
        _ => TransportError::System { detail: error.to_string() },
    }
}

fn find(address: &UsbAddress) -> Result<DeviceInfo, TransportError> {
    let not_found = || TransportError::UsbNotFound { address: address.clone() };
    let devices = nusb::list_devices().wait().map_err(|error| match error.os_error() {
        Some(NO_LIST) => not_found(),
        _ => self::error(&error),
    })?;
    let mut matching: Vec<DeviceInfo> = devices
        .filter(|info| {
            let serial = address.serial.as_deref();
            (info.vendor_id(), info.product_id()) == (address.vendor, address.product)
                && (serial.is_none() || info.serial_number() == serial)
        })
        .collect();
    match matching.len() {
        0 => Err(not_found()),
        1 => matching.pop().ok_or_else(not_found),
        _ => {
            let serial = |info: &DeviceInfo| info.serial_number().unwrap_or("none").to_owned();
            let serials = matching.iter().map(serial).collect::<Vec<_>>().join(", ");
            Err(TransportError::UsbAmbiguous { address: address.clone(), serials })
        }
    }
}

/// The interface, its alternate setting and the endpoints to print by.
fn printing_part(device: &Device) -> Option<(u8, u8, Ends)> {
    let configuration = device.active_configuration().ok()?;
    let usable = configuration.interface_alt_settings().filter_map(|setting| {
        let ends = ends(&setting)?;
        let by_class = match setting.class() {
            PRINTER_CLASS => 0,
            VENDOR_CLASS => 1,
            _ => return None,
        };
        // A printer interface before a maker's own, one that answers before one that doesn't.
        let rank = (by_class, ends.input.is_none());
        Some((rank, (setting.interface_number(), setting.alternate_setting(), ends)))
    });
    usable.min_by_key(|(rank, _)| *rank).map(|(_, part)| part)
}

fn ends(setting: &InterfaceDescriptor) -> Option<Ends> {
    let end = |direction| {
        let mut ends = setting.endpoints();
        ends.find(|end| end.transfer_type() == TransferType::Bulk && end.direction() == direction)
            .map(|end| end.address())
    };
    Some(Ends { out: end(Direction::Out)?, input: end(Direction::In) })
}
